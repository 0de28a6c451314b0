import type { Me } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate } from '@tanstack/react-router'
import { Ellipsis, PanelLeftClose, PanelLeftOpen, PencilLine } from 'lucide-react'
import { useState } from 'react'
import { Menu, MenuItem } from '../components/menu.tsx'
import { useWaiting } from '../pages/approvals/use-waiting.ts'
import { useWorkCount } from '../pages/my-work/use-work-count.ts'
import { cn } from '../theme/cn.ts'
import { Mark } from './mark.tsx'
import { type Place, places } from './places.ts'
import { useRecent } from './recent.ts'

const kept = 'haidang.rail'

function allowed(me: Me): readonly Place[] {
  return places.filter(({ needs }) => needs.some((need) => me.permissions.includes(need)))
}

/** The left rail: 224 px, or 56 px when folded. */
export function Rail({ me }: { me: Me }) {
  const { t, i18n } = useLingui()
  const [folded, setFolded] = useState(() => localStorage.getItem(kept) === 'folded')
  const fold = () => {
    localStorage.setItem(kept, folded ? 'open' : 'folded')
    setFolded(!folded)
  }
  return (
    <nav
      aria-label={t`Các trang`}
      className={cn(
        'hidden shrink-0 flex-col border-r bg-rail py-3 md:flex',
        folded ? 'w-14 px-2' : 'w-56 px-3',
      )}
    >
      <div className={cn('flex items-center gap-2.5 pb-4', folded ? 'justify-center' : 'px-1.5')}>
        <Mark className="size-7 shrink-0" />
        {folded ? null : (
          <div className="min-w-0 leading-tight">
            <p className="font-semibold text-15">Hải Đăng</p>
            <p className="truncate text-12 text-ink-3" title={me.node.name}>
              {me.node.name}
            </p>
          </div>
        )}
      </div>
      <ul className="flex flex-col gap-0.5">
        {allowed(me).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              title={folded ? i18n._(label) : undefined}
              className={cn(
                'relative flex h-8 items-center gap-2.5 rounded-control text-ink-2 hover:bg-hover hover:text-ink',
                'data-[status=active]:bg-accent-soft data-[status=active]:font-semibold data-[status=active]:text-accent',
                folded ? 'justify-center' : 'px-2',
              )}
            >
              <Icon aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.75} />
              <span className={folded ? 'sr-only' : 'truncate'}>{i18n._(label)}</span>
              {to === '/approvals' ? <WaitingCount folded={folded} /> : null}
              {to === '/my-work' ? <WorkMark folded={folded} /> : null}
            </Link>
          </li>
        ))}
      </ul>
      {folded ? null : <Doing />}
      <div className={cn('mt-auto flex items-center gap-1', !folded && 'justify-between px-1.5')}>
        {folded ? null : (
          <span className="truncate font-mono text-[11px] text-ink-3">{me.node.version}</span>
        )}
        <button
          type="button"
          onClick={fold}
          aria-label={folded ? t`Mở rộng thanh bên` : t`Thu gọn thanh bên`}
          className="grid size-8 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
        >
          {folded ? <PanelLeftOpen className="size-4" /> : <PanelLeftClose className="size-4" />}
        </button>
      </div>
    </nav>
  )
}

/** How many requests of others wait for the reader. */
function WaitingCount({ folded }: { folded: boolean }) {
  const { t } = useLingui()
  const count = useWaiting()?.for_me ?? 0
  return <CountMark count={count} tone="medium" words={t`chờ bạn duyệt`} folded={folded} />
}

/** How much is wanted of the reader and their organisation: what is late, else all of it. */
function WorkMark({ folded }: { folded: boolean }) {
  const { t } = useLingui()
  const { all, late } = useWorkCount() ?? { all: 0, late: 0 }
  return late > 0 ? (
    <CountMark count={late} tone="critical" words={t`việc quá hạn`} folded={folded} />
  ) : (
    <CountMark count={all} tone="medium" words={t`việc đang chờ`} folded={folded} />
  )
}

const countTones = {
  medium: 'bg-medium-soft text-medium',
  critical: 'bg-critical-soft text-critical',
} as const

interface CountMarkProps {
  readonly count: number
  readonly tone: keyof typeof countTones
  /** What is counted. */
  readonly words: string
  readonly folded: boolean
}

function CountMark({ count, tone, words, folded }: CountMarkProps) {
  if (count === 0) return null
  return (
    <span
      className={cn(
        'rounded-full px-1.5 font-semibold text-12 tabular-nums',
        countTones[tone],
        folded ? '-top-1 -right-1 absolute' : 'ml-auto',
      )}
    >
      {count}
      <span className="sr-only"> {words}</span>
    </span>
  )
}

/** What the person had open last, drafts among it. */
function Doing() {
  const { t } = useLingui()
  const recent = useRecent()
  if (recent.length === 0) return null
  return (
    <section className="mt-6 min-h-0 overflow-hidden">
      <h2 className="px-2 pb-1 font-medium text-12 text-ink-3">{t`Đang làm`}</h2>
      <ul className="flex flex-col">
        {recent.map(({ path, title, draft }) => (
          <li key={path}>
            <Link
              to={path}
              title={title}
              className="flex h-7 items-center gap-1.5 rounded-control px-2 text-12 text-ink-2 hover:bg-hover hover:text-ink"
            >
              {draft ? (
                <PencilLine aria-label={t`Bản nháp`} className="size-3 shrink-0 text-accent" />
              ) : null}
              <span className="truncate">{title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The rail of a telephone: five places under the thumb, the rest behind the last. */
export function BottomBar({ me }: { me: Me }) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const all = allowed(me)
  const shown = all.length > 5 ? all.filter(({ to }) => to !== '/events').slice(0, 4) : all
  const rest = all.filter((place) => !shown.includes(place))
  const item =
    'flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] text-ink-2 data-[status=active]:font-semibold data-[status=active]:text-accent'
  return (
    <nav aria-label={t`Các trang`} className="flex border-t bg-rail md:hidden">
      {shown.map(({ to, short, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className={item}
        >
          <Icon aria-hidden="true" className="size-5" strokeWidth={1.75} />
          <span className="truncate">{i18n._(short)}</span>
        </Link>
      ))}
      {rest.length > 0 ? (
        <Menu
          trigger={
            <button type="button" className={item}>
              <Ellipsis aria-hidden="true" className="size-5" />
              {t`Thêm`}
            </button>
          }
        >
          {rest.map(({ to, label, icon: Icon }) => (
            <MenuItem key={to} onSelect={() => void navigate({ to })}>
              <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
              {i18n._(label)}
            </MenuItem>
          ))}
        </Menu>
      ) : null}
    </nav>
  )
}
