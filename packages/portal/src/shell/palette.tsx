import { Dialog } from '@base-ui/react/dialog'
import { foldVietnamese } from '@haidang/contracts/fold'
import { type IdKind, idPrefixes } from '@haidang/contracts/id'
import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { CornerDownLeft, type LucideIcon, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../api/session.ts'
import { Keys } from '../components/keys.tsx'
import { printed } from '../keys/sheet.ts'
import { activate } from '../language/language.ts'
import { setTheme } from '../theme/theme.ts'
import { places } from './places.ts'
import { useRecent } from './recent.ts'

/** Where an identifier leads, by its prefix. */
const homes: Partial<Record<IdKind, (id: string) => string>> = {
  cluster: (id) => `/alerts/${id}`,
  alert: (id) => `/alerts/${id}`,
  incident: (id) => `/incidents/${id}`,
  order: (id) => `/orders/${id}`,
  advisory: (id) => `/advisories/${id}`,
  station: (id) => `/stations/${id}`,
  organisation: (id) => `/organisations/${id}`,
  system: (id) => `/systems/${id}`,
  rule: (id) => `/rules/library/${id}`,
  event: (id) => `/events?q=${encodeURIComponent(`id:${id}`)}&range=30d`,
}

function homeOf(text: string): string | undefined {
  const kinds = Object.keys(idPrefixes) as IdKind[]
  const kind = kinds.find((name) => text.startsWith(`${idPrefixes[name]}_`))
  return kind ? homes[kind]?.(text) : undefined
}

/** Marks do not matter when looking for a word: `su co` finds "Sự cố". */
function score(value: string, search: string): number {
  return foldVietnamese(value).includes(foldVietnamese(search)) ? 1 : 0
}

const row =
  'flex h-9 cursor-pointer items-center gap-3 rounded-control px-3 text-13 data-[selected=true]:bg-hover'

/** Ctrl-K: pages, acts, and anything by its identifier. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const recent = useRecent()
  const [search, setSearch] = useState('')
  const go = (to: string) => {
    onClose()
    void navigate({ href: to })
  }
  const act = (run: () => void) => () => {
    onClose()
    run()
  }
  const home = homeOf(search.trim())
  const may = (need: string) => me.permissions.some((permission) => permission === need)
  const heading =
    '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-3'
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup className="appear fixed inset-x-3 top-[10vh] z-40 mx-auto max-w-xl overflow-hidden rounded-float border bg-surface shadow-float">
          <Dialog.Title className="sr-only">{t`Tìm hoặc ra lệnh`}</Dialog.Title>
          <Command label={t`Tìm hoặc ra lệnh`} filter={score} loop>
            <div className="flex items-center gap-3 border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
              <Command.Input
                value={search}
                onValueChange={setSearch}
                placeholder={t`Trang, việc, hoặc mã như inc_…`}
                className="h-12 w-full bg-transparent text-15 outline-none"
              />
              <Keys keys="Esc" />
            </div>
            <Command.List className={`max-h-[52vh] overflow-y-auto p-1.5 ${heading}`}>
              <Command.Empty className="px-3 py-6 text-center text-ink-3">{t`Không tìm thấy. Thử từ khác hoặc dán cả mã định danh.`}</Command.Empty>
              {home ? (
                <Command.Item value={search} onSelect={() => go(home)} className={row}>
                  <CornerDownLeft aria-hidden="true" className="size-4 text-ink-3" />
                  {t`Mở`} <code className="truncate text-12">{search.trim()}</code>
                </Command.Item>
              ) : null}
              <Command.Group heading={t`Trang`}>
                {places
                  .filter(({ needs }) => needs.some(may))
                  .map(({ to, label, icon: Icon, key }) => (
                    <Command.Item
                      key={to}
                      value={i18n._(label)}
                      onSelect={() => go(to)}
                      className={row}
                    >
                      <Line icon={Icon} text={i18n._(label)} />
                      {key ? <Keys keys={printed(key)} /> : null}
                    </Command.Item>
                  ))}
              </Command.Group>
              <Command.Group heading={t`Thao tác`}>
                {may('incident.handle') ? (
                  <Command.Item
                    value={t`Lập sự cố mới`}
                    onSelect={() => go('/incidents/new')}
                    className={row}
                  >
                    <Line icon={Plus} text={t`Lập sự cố mới`} />
                  </Command.Item>
                ) : null}
                {may('order.issue') ? (
                  <Command.Item
                    value={t`Lập lệnh điều phối`}
                    onSelect={() => go('/orders/new')}
                    className={row}
                  >
                    <Line icon={Plus} text={t`Lập lệnh điều phối`} />
                  </Command.Item>
                ) : null}
                <Command.Item
                  value={t`Giao diện sáng`}
                  onSelect={act(() => setTheme('light'))}
                  className={row}
                >
                  {t`Giao diện sáng`}
                </Command.Item>
                <Command.Item
                  value={t`Giao diện tối`}
                  onSelect={act(() => setTheme('dark'))}
                  className={row}
                >
                  {t`Giao diện tối`}
                </Command.Item>
                <Command.Item
                  value={t`Giao diện tương phản cao`}
                  onSelect={act(() => setTheme('contrast'))}
                  className={row}
                >
                  {t`Giao diện tương phản cao`}
                </Command.Item>
                <Command.Item
                  value="English"
                  onSelect={act(() => void activate('en'))}
                  className={row}
                >
                  English
                </Command.Item>
                <Command.Item
                  value="Tiếng Việt"
                  onSelect={act(() => void activate('vi'))}
                  className={row}
                >
                  Tiếng Việt
                </Command.Item>
                <Command.Item
                  value={t`Tải lại số liệu`}
                  onSelect={act(() => void client.invalidateQueries())}
                  className={row}
                >
                  {t`Tải lại số liệu`}
                </Command.Item>
              </Command.Group>
              {recent.length > 0 ? (
                <Command.Group heading={t`Đang làm`}>
                  {recent.map(({ path, title }) => (
                    <Command.Item
                      key={path}
                      value={`${title} ${path}`}
                      onSelect={() => go(path)}
                      className={row}
                    >
                      <span className="truncate">{title}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Line({ icon: Icon, text }: { icon: LucideIcon; text: string }) {
  return (
    <>
      <Icon aria-hidden="true" className="size-4 text-ink-3" strokeWidth={1.75} />
      <span className="flex-1">{text}</span>
    </>
  )
}
