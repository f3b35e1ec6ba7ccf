// How the console knows who is signed in. A build has here the auth system that it is for: see
// `appConfig` in ../build-app.ts. Both export the same names, with the types of ./auth-system.ts.
export * from './oidc/auth.js'
