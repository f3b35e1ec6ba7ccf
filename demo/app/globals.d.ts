/** Filled in by demo/serve.ts. */
declare const ISSUER: string
declare const API: string
