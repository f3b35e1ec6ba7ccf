declare const process: { readonly env: { readonly NODE_ENV?: string } }

const said = new Set<string>()

/** Says something to the developer, once, and never in production. */
export function warnOnce(message: string): void {
  if (isProduction() || said.has(message)) return
  said.add(message)
  console.warn(`react-step-up: ${message}`)
}

function isProduction(): boolean {
  try {
    // Bundlers put the value in its place; where nobody did, there is no `process`.
    return process.env.NODE_ENV === 'production'
  } catch {
    return false
  }
}
