/** Enough to know one's own address by, and not to learn another's: `a•••@acme.test`, `•••• 67`. */
export function maskDestination(destination: string): string {
  const at = destination.lastIndexOf('@')
  if (at > 0) return `${Array.from(destination)[0] ?? ''}•••${destination.slice(at)}`
  const digits = destination.replace(/\D/g, '')
  return digits.length > 5 ? `•••• ${digits.slice(-2)}` : '••••'
}
