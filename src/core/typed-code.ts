const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code))

/** Digits of every script, as those that codes are made of: they come in runs of ten, from zero. */
const asciiDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    let value = 0
    while (value < 9 && isDigit(code - value - 1)) value++
    return String(value)
  })

/** A code as it was typed or pasted, without what stands between its characters. */
export const typedCode = (text: string, length?: number): string =>
  asciiDigits(text.normalize('NFKC').replace(/[\s\p{Pd}\p{Cf}]/gu, '')).slice(0, length)
