import { renames } from '../../renames.ts'

export async function PUT(request: Request) {
  renames.push(await request.text())
  return new Response(null, { status: 204 })
}
