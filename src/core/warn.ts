declare const process: { readonly env: { readonly NODE_ENV?: string } } | undefined

const said = new Set<string>()

/** Says something to the developer, once, and never in production. */
export function warnOnce(message: string): void {
  if (typeof process !== 'undefined' && process.env.NODE_ENV === 'production') return
  if (said.has(message)) return
  said.add(message)
  console.warn(`react-step-up: ${message}`)
}
