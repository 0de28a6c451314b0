import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both, conditions } from '../../components/filter-tree.ts'
import { gutter, Page, PageHead } from '../../components/page.tsx'
import { Empty, NoMatch } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { useWords } from '../../language/use-words.ts'
import { Lessons } from '../closing-reports/lessons.tsx'
import { IncidentList } from './incident-list.tsx'
import { incidentFields } from './incident-words.ts'

const route = getRouteApi('/shell/incidents')

/** Whether a filter looks for an incident by what it is called: then one that was merged is found, too. */
function namesOne(q: string): boolean {
  return conditions(q).some(
    (node) =>
      node.kind === 'term' &&
      (node.field === null || ['text', 'title', 'number', 'id', 'merged'].includes(node.field)),
  )
}

export function IncidentsPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const me = useMe()
  const refusal = useRefusal()
  const navigate = route.useNavigate()
  const { view = 'open', q = '' } = route.useSearch()
  const views = {
    open: 'exercise:false and not (state:closed or state:rejected)',
    mine: `assignee_id:${me.person.id} and not (state:closed or state:rejected)`,
    closed: 'exercise:false and (state:closed or state:rejected)',
    exercise: 'exercise:true',
    lessons: '',
  }
  const filter = both(namesOne(q) ? views[view] : `merged:false ${views[view]}`, q)
  const pages = usePages({
    queryKey: ['incidents', 'list', filter],
    read: (cursor, signal) => api.incidents.list({ query: { limit: 100, cursor, filter } }, signal),
    enabled: view !== 'lessons',
  })
  const filtered = (next: string) =>
    void navigate({
      to: '/incidents',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  const create = () => void navigate({ to: '/incidents/new', search: {} })
  useKeys({ create })
  const names = {
    open: t`Đang xử lý`,
    mine: t`Của tôi`,
    closed: t`Đã đóng`,
    exercise: t`Diễn tập`,
    lessons: t`Bài học`,
  }
  const createButton = (
    <Button
      look="primary"
      refusal={refusal('incident.handle')}
      keys={printed('create')}
      onClick={create}
    >
      <Plus aria-hidden="true" className="size-4" />
      {t`Lập sự cố`}
    </Button>
  )
  return (
    <Page title={t`Sự cố`}>
      <PageHead
        title={t`Sự cố`}
        count={view === 'lessons' || pages.total === undefined ? undefined : number(pages.total)}
        acts={createButton}
      />
      <ViewTabs to="/incidents" views={names} view={view} q={q} />
      {view === 'lessons' ? (
        <Lessons q={q} onFilter={filtered} />
      ) : (
        <>
          <div className={`py-3 ${gutter}`}>
            <FilterBar
              value={q}
              onChange={filtered}
              fields={incidentFields}
              example="severity>=high and not state:closed"
            />
          </div>
          <IncidentList
            pages={pages}
            scope={filter}
            empty={
              q ? (
                <NoMatch onClear={() => filtered('')} />
              ) : (
                <Empty
                  title={t`Không có sự cố nào ở đây`}
                  act={view === 'open' ? createButton : null}
                >
                  {t`Sự cố được lập từ cụm cảnh báo (phím c) hoặc từ tin báo bằng điện thoại, thư, văn bản.`}
                </Empty>
              )
            }
          />
        </>
      )}
    </Page>
  )
}
