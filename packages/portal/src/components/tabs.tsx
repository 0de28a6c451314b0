import { useLingui } from '@lingui/react/macro'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { cn } from '../theme/cn.ts'

/** Views and parts of a page: links, so that each has an address of its own. */
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

interface ViewTabsProps<View extends string> {
  readonly to: NonNullable<LinkProps['to']>
  /** The views in their order and what they are called; the first is what the page shows unless asked. */
  readonly views: Readonly<Partial<Record<View, string>>>
  readonly view: View
  /** The filter, kept from view to view. */
  readonly q: string
  /** How much is in some of them. */
  readonly counts?: Readonly<Partial<Record<View, ReactNode>>> | undefined
}

/** The parts a list is shown in, each under its own address. */
export function ViewTabs<View extends string>({ to, views, view, q, counts }: ViewTabsProps<View>) {
  const { t } = useLingui()
  const names = Object.keys(views) as View[]
  const searchOf = (name: View, place: number) =>
    ({ ...(q ? { q } : {}), ...(place === 0 ? {} : { view: name }) }) as NonNullable<
      LinkProps['search']
    >
  return (
    <Tabs label={t`Chế độ xem`}>
      {names.map((name, place) => (
        <Tab
          key={name}
          to={to}
          search={searchOf(name, place)}
          active={view === name}
          count={counts?.[name]}
        >
          {views[name]}
        </Tab>
      ))}
    </Tabs>
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
