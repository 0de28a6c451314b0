import type { Advisory, AdvisoryDraftLine } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { AdvisoryRow, DraftRow, useAdvisoryColumns, useDraftColumns } from './advisory-columns.tsx'

const route = getRouteApi('/shell/advisories')
const advisoryFields = [
  'number',
  'text',
  'kind',
  'severity',
  'state',
  'overdue',
  'issuer_id',
  'published_at',
  'updated_at',
  'tlp',
  'simulated',
  'id',
] as const
const draftFields = ['text', 'kind', 'stage', 'tlp', 'updated_at', 'created_at', 'id'] as const

/** Advisories and warnings: in force, being written, cancelled. */
export function AdvisoriesPage() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const may = useMay()
  const navigate = route.useNavigate()
  const { view = 'open', q = '' } = route.useSearch()
  const create = () => void navigate({ to: '/advisories/new' })
  useKeys({ create })
  const names = { open: t`Đang hiệu lực`, drafts: t`Đang soạn, chờ duyệt`, cancelled: t`Đã hủy` }
  const views = (['open', 'drafts', 'cancelled'] as const).filter(
    (name) => name !== 'drafts' || may('advisory.write'),
  )
  return (
    <Page title={t`Cảnh báo sớm`}>
      <PageHead
        title={t`Cảnh báo sớm`}
        acts={
          <Button
            look="primary"
            refusal={refusal('advisory.write')}
            keys={printed('create')}
            onClick={create}
          >
            <Plus aria-hidden="true" className="size-4" />
            {t`Soạn cảnh báo`}
          </Button>
        }
      />
      <Tabs label={t`Chế độ xem`}>
        {views.map((name) => (
          <Tab
            key={name}
            to="/advisories"
            search={name === 'open' ? {} : { view: name }}
            active={view === name}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      {view === 'drafts' ? <Drafts q={q} /> : <Published q={q} view={view} />}
    </Page>
  )
}

function useFilter() {
  const navigate = route.useNavigate()
  return (next: string) =>
    void navigate({
      to: '/advisories',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
}

const idOf = (one: Advisory | AdvisoryDraftLine) => one.id

function Published({ q, view }: { q: string; view: 'open' | 'cancelled' }) {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  const filter = both(view === 'open' ? 'state:published' : 'state:cancelled', q)
  const pages = usePages({
    queryKey: ['advisories', 'list', filter],
    read: (cursor, signal) =>
      api.advisories.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  return (
    <FilteredList
      q={q}
      fields={advisoryFields}
      example="severity>=high and overdue:true"
      onFilter={useFilter()}
      pages={pages}
      name="advisories"
      label={t`Cảnh báo sớm`}
      idOf={idOf}
      columns={useAdvisoryColumns()}
      compact={(advisory) => <AdvisoryRow advisory={advisory} />}
      onOpen={({ id }) => void navigate({ to: '/advisories/$id', params: { id } })}
      empty={
        <Empty title={t`Không có cảnh báo nào ở đây`}>
          {t`Cảnh báo tổ chức phát hành và nhận được hiện ở đây, kèm trả lời của từng nơi nhận.`}
        </Empty>
      }
    />
  )
}

function Drafts({ q }: { q: string }) {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  const pages = usePages({
    queryKey: ['advisories', 'drafts', q],
    read: (cursor, signal) =>
      api.advisoryDrafts.list({ query: { limit: 100, cursor, filter: q } }, signal),
  })
  return (
    <FilteredList
      q={q}
      fields={draftFields}
      example="kind:warning and updated_at>2026-11-01"
      onFilter={useFilter()}
      pages={pages}
      name="advisory-drafts"
      label={t`Đang soạn, chờ duyệt`}
      idOf={idOf}
      columns={useDraftColumns()}
      compact={(draft) => <DraftRow draft={draft} />}
      onOpen={({ id }) => void navigate({ to: '/advisories/drafts/$id', params: { id } })}
      empty={
        <Empty title={t`Không có dự thảo nào`}>
          {t`Cảnh báo đang soạn và chờ duyệt hiện ở đây.`}
        </Empty>
      }
    />
  )
}
