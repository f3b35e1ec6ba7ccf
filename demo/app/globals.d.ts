/** Filled in by demo/serve.ts. */
declare const ISSUER: string
declare const API: string
/** Of Descope. */
declare const PROJECT: string
