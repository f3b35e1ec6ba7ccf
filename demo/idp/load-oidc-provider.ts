/**
 * Imports oidc-provider without its notice about Node versions before 22. The demo's tests run
 * against the installed version on Node 20, so the notice would only frighten a newcomer.
 * Every other warning still gets through.
 */
export async function loadOidcProvider(): Promise<typeof import('oidc-provider')> {
  const warn = console.warn
  console.warn = (...message: unknown[]) => {
    if (!String(message[0]).includes('Unsupported runtime')) warn(...message)
  }
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}
