/** What was done, for as long as this server runs. */
export const renames = ((globalThis as { renames?: string[] }).renames ??= [])
