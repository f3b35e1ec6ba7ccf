/** The last active authentication, in the issuer's words. Seconds since the epoch, issuer's clock. */
export interface Authentication {
  readonly issuer: string
  readonly subject: string
  readonly sessionId?: string
  /** When the person last proved who they are. Absent: never fresh. */
  readonly authTime?: number
  /** The issuer's clock when this evidence was made (`iat`, or the backend's "now"). Age only, never freshness. */
  readonly issuedAt?: number
  readonly acr?: string
  readonly amr?: readonly string[]
  /** For the dialog ("as whom") and for `login_hint`. Never compared. */
  readonly account?: { readonly name?: string; readonly loginHint?: string }
  /** An administrator acting as the person: no method can prove anything. */
  readonly impersonated?: boolean
}

type Person = Pick<Authentication, 'issuer' | 'subject'>

/** OpenID Connect Core 5.7: `iss` and `sub` together, and nothing else, identify a person. */
export const samePerson = (a: Person, b: Person): boolean =>
  a.issuer === b.issuer && a.subject === b.subject
