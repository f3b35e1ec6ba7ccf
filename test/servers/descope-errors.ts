// How Descope refuses: JSON with a code of its own, by the names that its SDKs for Go and Kotlin have.
const descriptions = {
  E011003: 'Request is invalid',
  E061102: 'Invalid OTP code',
  E061103: 'Too many attempts',
  E061104: 'The code has expired',
  E061301: 'Token is invalid or expired',
  E062108: 'User not found',
  E062999: 'The sign-in was refused',
  E130429: 'Rate limit exceeded',
} as const

export function refused(errorCode: keyof typeof descriptions, status = 401, retryAfter?: number) {
  const errorDescription = descriptions[errorCode]
  const headers = new Headers()
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  return Response.json(
    { errorCode, errorDescription, errorMessage: errorDescription },
    { status, headers },
  )
}
