/** One step at a time: what an earlier one answers is nobody's. */
export interface Work {
  /** Ends whatever is under way, and begins anew. */
  begin(): AbortSignal
  /** The same, and the person is sent something for it: what was asked for cannot change any more. */
  readonly commit: () => AbortSignal
  /** What was sent came to nothing. */
  uncommit(): void
  readonly committed: boolean
}

export function createWork(): Work {
  let controller = new AbortController()
  let committed = false
  const next = (commits: boolean) => {
    controller.abort()
    controller = new AbortController()
    committed = commits
    return controller.signal
  }
  return {
    begin: () => next(false),
    commit: () => next(true),
    uncommit() {
      committed = false
    },
    get committed() {
      return committed
    },
  }
}
