/** An element and what it lies in, innermost first: some of it may be gone when it is wanted. */
export function pathOf(element: Element | null): readonly HTMLElement[] {
  const path: HTMLElement[] = []
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (at instanceof HTMLElement) path.push(at)
  }
  return path
}

/** Time for the app to enable the button again, or to show what it did. */
const PATIENCE = 100

/**
 * Gives the focus back to where it was, else to the nearest place around it that is still there.
 * Never takes it from somebody who has got it in the meantime.
 */
export function giveFocusBack(path: readonly HTMLElement[]): void {
  const [origin] = path
  if (origin && take(origin)) return
  setTimeout(() => {
    const { activeElement, body } = document
    if (activeElement !== body || document.querySelector('dialog:modal')) return
    const around = path.filter(({ isConnected }) => isConnected)
    if (around[0] && take(around[0])) return
    const nearest = around.find((element) => element !== origin) ?? beginning()
    if (nearest) takeAsPlace(nearest)
  }, PATIENCE)
}

/** Where a page just loaded is read from. */
const beginning = () =>
  document.querySelector<HTMLElement>('main h1') ??
  document.querySelector<HTMLElement>('main, [role=main], h1')

function take(element: HTMLElement): boolean {
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/** A place in the page can hold the focus for a moment, so that Tab and screen readers go on from it. */
function takeAsPlace(element: HTMLElement): void {
  if (take(element)) return
  element.tabIndex = -1
  take(element)
  element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
}
