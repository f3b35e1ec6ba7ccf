/** Put in by the build. */
declare const DESCOPE: string
declare const DESCOPE_PROJECT: string
