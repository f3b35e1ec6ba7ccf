/** The origin of the sign-in page, put in by the build. */
declare const PROVIDER: string
