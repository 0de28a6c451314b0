import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { cn } from '../theme/cn.ts'

/** Saved views and parts of a page: links, so that each has an address of its own. */
export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="flex gap-5 overflow-x-auto border-b px-4 [scrollbar-width:none] md:px-6"
    >
      {children}
    </nav>
  )
}

type TabProps = Pick<LinkProps, 'to' | 'params' | 'search'> & {
  readonly active: boolean
  readonly count?: ReactNode
  readonly children: ReactNode
}

export function Tab({ to, params, search, active, count, children }: TabProps) {
  const link = { to, params, search } as LinkProps
  const own = useRef<HTMLAnchorElement>(null)
  // Where not all tabs fit, the one that is shown must be among those that do.
  useEffect(() => {
    if (active) own.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [active])
  return (
    <Link
      {...link}
      ref={own}
      aria-current={active ? 'page' : undefined}
      className={cn(
        '-mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 text-13',
        active
          ? 'border-accent font-semibold text-ink'
          : 'border-transparent text-ink-2 hover:border-line-strong hover:text-ink',
      )}
    >
      {children}
      {count === undefined ? null : <span className="font-normal text-12 text-ink-3">{count}</span>}
    </Link>
  )
}
