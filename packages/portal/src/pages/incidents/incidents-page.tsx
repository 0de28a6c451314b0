import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
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
  const { view = 'open', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filtered = (next: string) =>
    void navigate({
      to: '/incidents',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  if (view !== 'lessons') return <Incidents view={view} q={q} onFilter={filtered} />
  return (
    <Frame>
      <Lessons q={q} onFilter={filtered} />
    </Frame>
  )
}

interface IncidentsProps {
  readonly view: 'open' | 'mine' | 'closed' | 'exercise'
  readonly q: string
  readonly onFilter: (q: string) => void
}

function Incidents({ view, q, onFilter }: IncidentsProps) {
  const { t } = useLingui()
  const me = useMe()
  const views = {
    open: 'exercise:false and not (state:closed or state:rejected)',
    mine: `assignee_id:${me.person.id} and not (state:closed or state:rejected)`,
    closed: 'exercise:false and (state:closed or state:rejected)',
    exercise: 'exercise:true',
  }
  const filter = both(namesOne(q) ? views[view] : `merged:false ${views[view]}`, q)
  const pages = usePages({
    queryKey: ['incidents', 'list', filter],
    read: (cursor, signal) => api.incidents.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  return (
    <Frame count={pages.total}>
      <div className={`py-3 ${gutter}`}>
        <FilterBar
          value={q}
          onChange={onFilter}
          fields={incidentFields}
          example="severity>=high and not state:closed"
        />
      </div>
      <IncidentList
        pages={pages}
        scope={filter}
        empty={
          q ? (
            <NoMatch onClear={() => onFilter('')} />
          ) : (
            <Empty title={t`Không có sự cố nào ở đây`} act={view === 'open' ? <Create /> : null}>
              {t`Sự cố được lập từ cụm cảnh báo (phím c) hoặc từ tin báo bằng điện thoại, thư, văn bản.`}
            </Empty>
          )
        }
      />
    </Frame>
  )
}

interface FrameProps {
  readonly count?: number | undefined
  readonly children: ReactNode
}

/** What every tab has: title, tabs, and the way to a new incident. */
function Frame({ count, children }: FrameProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const { view = 'open', q = '' } = route.useSearch()
  const create = useCreate()
  useKeys({ create })
  const names = {
    open: t`Đang xử lý`,
    mine: t`Của tôi`,
    closed: t`Đã đóng`,
    exercise: t`Diễn tập`,
    lessons: t`Bài học`,
  }
  return (
    <Page title={t`Sự cố`}>
      <PageHead
        title={t`Sự cố`}
        count={count === undefined ? undefined : number(count)}
        acts={<Create />}
      />
      <ViewTabs to="/incidents" views={names} view={view} q={q} />
      {children}
    </Page>
  )
}

function useCreate(): () => void {
  const navigate = route.useNavigate()
  return () => void navigate({ to: '/incidents/new', search: {} })
}

function Create() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const create = useCreate()
  return (
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
}
