/** How the windows of one origin reach each other. */
export interface Tabs {
  /** Tells the other windows that listen on `channel`; where nothing can be told, nothing happens. */
  readonly post: (channel: string, message?: string) => void
  /** The message is a stranger's: any script of this origin could have sent it. */
  readonly listen: (channel: string, listener: (message: unknown) => void) => () => void
}
