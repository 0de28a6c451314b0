import type { Me } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Contrast, Keyboard, LogOut, Moon, Search, Sun, UserRound } from 'lucide-react'
import { api } from '../api/api.ts'
import { Keys } from '../components/keys.tsx'
import { Menu, MenuHeading, MenuItem } from '../components/menu.tsx'
import { SimulatedMark } from '../components/pill.tsx'
import { activate } from '../language/language.ts'
import { useWords } from '../language/use-words.ts'
import { setTheme, type Theme, useTheme } from '../theme/theme.ts'
import { DutyMark } from './duty-mark.tsx'
import { HealthDot } from './health-dot.tsx'
import { forgetWork } from './left-behind.ts'
import { LiveMark } from './live-mark.tsx'
import { Mark } from './mark.tsx'
import { NotificationBell } from './notification-bell.tsx'
import { forgetRecent } from './recent.ts'

const square =
  'grid size-8 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink'
const themeIcons = { light: Sun, dark: Moon, contrast: Contrast }

interface TopBarProps {
  readonly me: Me
  readonly onPalette: () => void
  readonly onKeys: () => void
}

/** Where one stands, the way to everything, and how the node is. */
export function TopBar({ me, onPalette, onKeys }: TopBarProps) {
  const { t } = useLingui()
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-bg px-3 md:gap-3 md:px-4">
      <Mark className="size-6 shrink-0 md:hidden" />
      <p className="flex min-w-0 flex-1 items-baseline gap-2 md:max-w-80">
        <span className="truncate font-semibold" title={me.node.organisation_name}>
          {me.node.organisation_name}
        </span>
        <span className="hidden truncate text-12 text-ink-3 lg:inline" title={me.node.name}>
          {me.node.name}
        </span>
      </p>
      {me.node.simulated ? <SimulatedMark /> : null}
      <button
        type="button"
        onClick={onPalette}
        className="mx-auto hidden h-8 min-w-0 max-w-96 flex-1 items-center gap-2 rounded-control border bg-sunken px-2.5 text-left text-ink-3 hover:border-line-strong md:flex"
      >
        <Search aria-hidden="true" className="size-4 shrink-0" />
        <span className="min-w-0 flex-1 truncate">{t`Tìm hoặc ra lệnh`}</span>
        <Keys keys="Ctrl K" />
      </button>
      <button
        type="button"
        onClick={onPalette}
        aria-label={t`Tìm`}
        className={`${square} md:hidden`}
      >
        <Search className="size-4" />
      </button>
      <div className="flex items-center gap-0.5">
        <DutyMark />
        <NotificationBell />
        <LiveMark />
        <HealthDot />
        <button
          type="button"
          onClick={onKeys}
          aria-label={t`Bảng phím`}
          title={t`Bảng phím (?)`}
          className={`${square} hidden md:grid`}
        >
          <Keyboard className="size-4" strokeWidth={1.75} />
        </button>
        <span className="hidden items-center gap-0.5 sm:flex">
          <LanguageSwitch />
          <ThemeMenu />
        </span>
        <PersonMenu me={me} />
      </div>
    </header>
  )
}

function LanguageSwitch() {
  const { t } = useLingui()
  const { language } = useWords()
  const next = language === 'vi' ? 'en' : 'vi'
  return (
    <button
      type="button"
      onClick={() => void activate(next)}
      aria-label={`${language.toUpperCase()} – ${next === 'en' ? t`Chuyển sang tiếng Anh` : t`Chuyển sang tiếng Việt`}`}
      className={`${square} font-semibold text-12`}
    >
      {language.toUpperCase()}
    </button>
  )
}

function ThemeMenu() {
  const { t } = useLingui()
  const theme = useTheme()
  const Icon = themeIcons[theme]
  const names: Record<Theme, string> = { light: t`Sáng`, dark: t`Tối`, contrast: t`Tương phản cao` }
  return (
    <Menu
      trigger={
        <button type="button" aria-label={t`Giao diện: ${names[theme]}`} className={square}>
          <Icon className="size-4" strokeWidth={1.75} />
        </button>
      }
    >
      <MenuHeading>{t`Giao diện`}</MenuHeading>
      {(['light', 'dark', 'contrast'] as const).map((name) => (
        <MenuItem key={name} onSelect={() => setTheme(name)} chosen={name === theme}>
          {names[name]}
        </MenuItem>
      ))}
    </Menu>
  )
}

function PersonMenu({ me }: { me: Me }) {
  const { t } = useLingui()
  const { language } = useWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const leave = useMutation({
    mutationFn: () => api.session.close({}),
    onSettled: () => {
      client.clear()
      forgetWork(localStorage)
      forgetRecent()
      void navigate({ to: '/sign-in', search: {} })
    },
  })
  const initials = me.person.name
    .split(/\s+/)
    .slice(-2)
    .map((word) => word.charAt(0))
    .join('')
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`${initials.toUpperCase()} – ${t`Tài khoản của ${me.person.name}`}`}
          className="ml-1 grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft font-semibold text-12 text-accent hover:bg-hover"
        >
          {initials.toUpperCase()}
        </button>
      }
    >
      <div className="border-b px-2 pt-1 pb-2">
        <p className="font-semibold">{me.person.name}</p>
        <p className="truncate text-12 text-ink-3">{me.person.email}</p>
        <p className="text-12 text-ink-2">
          {language === 'vi' ? me.role.name_vi : me.role.name_en}
        </p>
      </div>
      <MenuItem onSelect={() => void navigate({ to: '/me' })}>
        <UserRound aria-hidden="true" className="size-4" />
        {t`Cài đặt của tôi`}
      </MenuItem>
      <MenuItem onSelect={() => leave.mutate()}>
        <LogOut aria-hidden="true" className="size-4" />
        {t`Đăng xuất`}
      </MenuItem>
    </Menu>
  )
}
