import type { SavedView } from '@haidang/contracts/saved-view'
import { useLingui } from '@lingui/react/macro'
import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/api.ts'
import { Button } from '../components/button.tsx'
import { Menu, MenuHeading, MenuItem } from '../components/menu.tsx'
import { say } from '../components/toast.tsx'
import { SaveViewDialog } from './save-view-dialog.tsx'
import {
  isShown,
  type Search,
  useListPage,
  useOpenView,
  useSavedViews,
  useStartView,
  useViewAct,
} from './use-saved-views.ts'

/** The views of the list that is shown; nothing beside a list of an object. */
export function SavedViews() {
  const shown = useListPage()
  return shown ? <ViewsOf key={shown.page} page={shown.page} search={shown.search} /> : null
}

function ViewsOf({ page, search }: { page: string; search: Search }) {
  const { t } = useLingui()
  const query = useSavedViews(page)
  const [saving, setSaving] = useState<'new' | 'own' | null>(null)
  useStartView(query.data?.items, search)
  const views = query.data?.items ?? []
  const own = views.filter((view) => view.own)
  const shared = views.filter((view) => !view.own)
  const current = views.find((view) => isShown(view, search))
  return (
    <>
      <Menu
        trigger={
          <Button aria-label={current ? t`Khung nhìn: ${current.name}` : t`Khung nhìn`}>
            <Bookmark aria-hidden="true" className="size-4" />
            <span className="max-w-40 truncate">{current?.name ?? t`Khung nhìn`}</span>
          </Button>
        }
      >
        {query.error && !query.data ? (
          <MenuItem stay onSelect={() => void query.refetch()}>
            {t`Chưa tải được khung nhìn. Thử lại`}
          </MenuItem>
        ) : null}
        <Group name={t`Khung nhìn của tôi`} views={own} current={current} />
        <Group name={t`Đơn vị dùng chung`} views={shared} current={current} />
        <div className="mt-1 border-line border-t pt-1 first:mt-0 first:border-0 first:pt-0">
          {current ? <ActsOn view={current} onEdit={() => setSaving('own')} /> : null}
          {current?.own ? null : (
            <MenuItem onSelect={() => setSaving('new')}>{t`Lưu khung nhìn này…`}</MenuItem>
          )}
        </div>
      </Menu>
      {saving ? (
        <SaveViewDialog
          draft={{ page, search, name: '', shared: false }}
          edited={saving === 'own' ? current : undefined}
          own={own}
          onClose={() => setSaving(null)}
        />
      ) : null}
    </>
  )
}

interface GroupProps {
  readonly name: string
  readonly views: readonly SavedView[]
  readonly current: SavedView | undefined
}

function Group({ name, views, current }: GroupProps) {
  const { t } = useLingui()
  const open = useOpenView()
  if (views.length === 0) return null
  return (
    <>
      <MenuHeading>{name}</MenuHeading>
      {views.map((view) => (
        <MenuItem key={view.id} chosen={view === current} onSelect={() => open(view)}>
          <span className="truncate">{view.name}</span>
          <span className="truncate text-12 text-ink-3">
            {view.own ? view.shared && t`dùng chung` : view.person_name}
          </span>
        </MenuItem>
      ))}
    </>
  )
}

function ActsOn({ view, onEdit }: { view: SavedView; onEdit: () => void }) {
  const { t } = useLingui()
  const { id, name } = view
  const begin = useViewAct(
    (start: boolean) => api.savedViews.start({ params: { id }, body: { start } }),
    ({ start }) =>
      say(start ? t`Danh sách mở bằng "${name}"` : t`Danh sách không còn mở bằng "${name}"`),
  )
  const restore = useViewAct(
    async () => {
      const { page, search, shared, start } = view
      const made = await api.savedViews.create({ body: { page, name, search, shared } })
      return start ? api.savedViews.start({ params: { id: made.id }, body: { start } }) : made
    },
    () => say(t`Đã lấy lại khung nhìn "${name}"`),
  )
  const remove = useViewAct(
    () => api.savedViews.remove({ params: { id } }),
    () => say(t`Đã xóa khung nhìn "${name}"`, () => restore.mutate(undefined)),
  )
  return (
    <>
      <MenuItem chosen={view.start} onSelect={() => begin.mutate(!view.start)}>
        {t`Mở danh sách bằng khung nhìn này`}
      </MenuItem>
      {view.own ? (
        <>
          <MenuItem onSelect={onEdit}>{t`Đổi tên, dùng chung…`}</MenuItem>
          <MenuItem onSelect={() => remove.mutate(undefined)}>{t`Xóa khung nhìn này`}</MenuItem>
        </>
      ) : null}
    </>
  )
}
