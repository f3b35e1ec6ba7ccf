/** Reads a stream that may be endless: `null` beyond `longest` bytes, and once `signal` aborts. */
export async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  longest: number,
  signal: AbortSignal,
): Promise<Blob | null> {
  const reader = stream.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let left = longest
  const stop = () => {
    // Of a copy, this promise waits for the original: nobody waits for it.
    reader.cancel().catch(() => undefined)
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      // Cut off, a stream seems to be done.
      if (signal.aborted) return null
      if (done) return new Blob(chunks)
      left -= value.byteLength
      if (left < 0) {
        stop()
        return null
      }
      chunks.push(value)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
