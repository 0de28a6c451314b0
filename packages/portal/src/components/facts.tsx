import type { ReactNode } from 'react'

/** Names and values, one a line. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col divide-y divide-line">{children}</dl>
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[112px_minmax(0,1fr)] items-baseline gap-3 py-1.5">
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words text-13">{children}</dd>
    </div>
  )
}
