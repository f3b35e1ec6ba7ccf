/** Posts JSON to the demo itself. */
export async function post(
  url: string,
  body: object = {},
  credentials: RequestCredentials = 'same-origin',
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    credentials,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${url} answered ${String(response.status)}.`)
}
