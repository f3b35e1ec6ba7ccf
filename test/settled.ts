/** Resolves once everything that is under way without a timer has run, a first load of the flow included. */
export async function settled(): Promise<void> {
  await import('../src/core/flow.js')
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0))
}
