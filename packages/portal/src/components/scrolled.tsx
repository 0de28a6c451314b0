// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
import type { ReactNode } from 'react'

interface ScrolledProps {
  readonly label: string
  /** How much of it shows and which way it scrolls; as wide as the page unless told. */
  readonly className?: string
  readonly children: ReactNode
}

/** What may be larger than its place scrolls in a region of its own. */
export function Scrolled({ label, className = 'overflow-x-auto', children }: ScrolledProps) {
  return (
    <section aria-label={label} tabIndex={0} className={className}>
      {children}
    </section>
  )
}
