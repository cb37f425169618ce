/**
 * The device block (공통 헤더부) that goes along with every request: who is using the service, and on what. The documents call all
 * eight required and give their lengths in bytes; the test environment takes empty texts.
 */
export interface Device {
  /** 이용자접속IP주소, up to 39. */
  UTZPE_CNCT_IPAD: string;
  /** 이용자접속기기고유ID, up to 100. */
  UTZPE_CNCT_MCHR_UNQ_ID: string;
  /** 이용자접속전화번호, up to 40. */
  UTZPE_CNCT_TEL_NO_TXT: string;
  /** 이용자접속기기식별일련번호, up to 20: an IMEI, for one. */
  UTZPE_CNCT_MCHR_IDF_SRNO: string;
  /** 이용기기운영체계구분코드, one character. */
  UTZ_MCHR_OS_DSCD: string;
  /** 이용기기운영체계버전명, up to 20. */
  UTZ_MCHR_OS_VER_NM: string;
  /** 이용기기모델명, up to 20. */
  UTZ_MCHR_MDL_NM: string;
  /** 앱 버전, up to 20. */
  UTZ_MCHR_APP_VER_NM: string;
}

/** A device block of which nothing is known. */
export const NO_DEVICE: Readonly<Device> = {
  UTZPE_CNCT_IPAD: "",
  UTZPE_CNCT_MCHR_UNQ_ID: "",
  UTZPE_CNCT_TEL_NO_TXT: "",
  UTZPE_CNCT_MCHR_IDF_SRNO: "",
  UTZ_MCHR_OS_DSCD: "",
  UTZ_MCHR_OS_VER_NM: "",
  UTZ_MCHR_MDL_NM: "",
  UTZ_MCHR_APP_VER_NM: "",
};
