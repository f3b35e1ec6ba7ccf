import type { ReactNode } from 'react'

/** 24 units square, drawn with a line of 1.75. */
const PATHS = {
  ask: 'M12 3l7 3v5.5c0 4.3-2.9 7.7-7 9.5-4.1-1.8-7-5.2-7-9.5V6l7-3zM9 12l2.2 2.2L15.2 10',
  good: 'M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 12.2l2.4 2.4 4.7-4.9',
  warn: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7.5v5.5M12 16.4v.1',
}

export interface IconProps {
  readonly tone: keyof typeof PATHS
}

/** A sign above the title; the title says the same in words. */
export function Icon({ tone }: IconProps): ReactNode {
  return (
    <span data-step-up="icon" data-tone={tone} aria-hidden="true">
      <svg
        viewBox="0 0 24 24"
        width="22"
        height="22"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={PATHS[tone]} />
      </svg>
    </span>
  )
}

export function Spinner(): ReactNode {
  return <span data-step-up="spinner" aria-hidden="true" />
}
