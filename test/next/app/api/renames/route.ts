import { renames } from '../renames.ts'

export const dynamic = 'force-dynamic'
export const GET = () => Response.json(renames)
