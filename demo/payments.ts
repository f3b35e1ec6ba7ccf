import * as v from 'valibot'

/** ISO 13616: two letters, two check digits, the account. */
const iban = v.pipe(
  v.string(),
  v.transform((text) => text.replace(/\s/g, '').toUpperCase()),
  v.regex(/^[A-Z]{2}\d{2}/, 'An IBAN begins with two letters and two digits.'),
  v.regex(/^[A-Z\d]{15,34}$/, 'An IBAN has 15 to 34 letters and digits.'),
  v.check(isChecked, 'This IBAN has a wrong digit, or lacks one.'),
)

export const payout = v.object({ iban })

/** In euros. */
export const transfer = v.object({
  to: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  amount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
})

/** In euros: what may be sent without a proof. */
export const LIMIT = 1000

/** What a transfer requires: the app asks by it early, and the API decides by it. */
export const requirementOf = (amount: number) => (amount > LIMIT ? 'transfer.create' : null)

/** ISO 7064, MOD 97-10: letters count from 10, and the first four characters come last. */
function isChecked(text: string): boolean {
  const digits = (text.slice(4) + text.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(parseInt(letter, 36)),
  )
  return BigInt(digits) % 97n === 1n
}
