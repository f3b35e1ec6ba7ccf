/** How the windows of one origin reach each other. */
export interface Tabs {
  /** Runs alone among all windows; `run` is not called where `signal` aborts while it waits. */
  lock<T>(run: () => T, signal: AbortSignal): Promise<T>
  /** Tells the other windows that listen on `channel`; where nothing can be told, nothing happens. */
  readonly post: (channel: string, message?: string) => void
  /** The message is a stranger's: any script of this origin could have sent it. */
  readonly listen: (channel: string, listener: (message: unknown) => void) => () => void
}
