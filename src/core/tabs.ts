/** What the windows of one origin agree on. */
export interface Tabs {
  /** `true` for exactly one caller per handle: whoever runs what waited. */
  consume(handle: string): Promise<boolean>
}
