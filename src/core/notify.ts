/** Tells everybody: one who throws does not keep it from the others, nor stop who tells it. */
export function notify<Args extends readonly unknown[]>(
  listeners: Iterable<(...args: Args) => void>,
  ...args: Args
): void {
  for (const listener of [...listeners]) {
    try {
      listener(...args)
    } catch (error) {
      // The page's own error handling gets it, as if it had been thrown in a task of its own.
      void Promise.reject(error instanceof Error ? error : new Error(String(error)))
    }
  }
}
