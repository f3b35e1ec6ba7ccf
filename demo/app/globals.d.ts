/** Filled in by demo/build-app.ts. */
declare const ISSUER: string
declare const API: string
/** Of Descope. */
declare const PROJECT: string
