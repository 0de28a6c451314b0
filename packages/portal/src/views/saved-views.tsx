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
  const { data } = useSavedViews(page)
  const open = useOpenView()
  const [isSaving, setSaving] = useState(false)
  const views = data?.items ?? []
  useStartView(data?.items, search)
  const current = views.find((view) => isShown(view, search))
  const groups = [
    { name: t`Khung nhìn của tôi`, views: views.filter(({ own }) => own) },
    { name: t`Đơn vị dùng chung`, views: views.filter(({ own }) => !own) },
  ]
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
        {groups.map((group) =>
          group.views.length > 0 ? (
            <div key={group.name}>
              <MenuHeading>{group.name}</MenuHeading>
              {group.views.map((view) => (
                <MenuItem key={view.id} chosen={view === current} onSelect={() => open(view)}>
                  <span className="truncate">{view.name}</span>
                  {view.own ? null : (
                    <span className="truncate text-12 text-ink-3">{view.person_name}</span>
                  )}
                </MenuItem>
              ))}
            </div>
          ) : null,
        )}
        <div className="mt-1 border-line border-t pt-1 first:mt-0 first:border-0 first:pt-0">
          {current ? <ActsOn view={current} /> : null}
          <MenuItem onSelect={() => setSaving(true)}>{t`Lưu khung nhìn này…`}</MenuItem>
        </div>
      </Menu>
      {isSaving ? (
        <SaveViewDialog
          page={page}
          search={search}
          own={groups[0]?.views ?? []}
          current={current}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </>
  )
}

function ActsOn({ view }: { view: SavedView }) {
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
        <MenuItem onSelect={() => remove.mutate(undefined)}>{t`Xóa khung nhìn này`}</MenuItem>
      ) : null}
    </>
  )
}
