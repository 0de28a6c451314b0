import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { FilePlus, Phone } from 'lucide-react'
import { useCallback, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both } from '../../components/filter-tree.ts'
import { gutter, Page, PageHead, Peek } from '../../components/page.tsx'
import { Empty, NoMatch } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { BeginReport } from './begin-report.tsx'
import { ReportList } from './report-list.tsx'
import { ReportPeek } from './report-peek.tsx'
import { type ReportView, reportFields, reportViews } from './report-words.ts'
import { TelephoneDialog } from './telephone-dialog.tsx'

const route = getRouteApi('/shell/incident-reports')

/** What came in and waits for a decision; what one has reported and what became of it. */
export function IncidentReportsPage() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const { view = 'open', q = '', peek } = route.useSearch()
  const [dialog, setDialog] = useState<'begin' | 'telephone' | null>(null)
  const change = useChange()
  const filter = both(reportViews[view], q)
  const pages = usePages({
    queryKey: ['incident-reports', 'list', filter],
    read: (cursor, signal) =>
      api.incidentReports.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const names: Record<ReportView, string> = {
    open: t`Chờ xử lý`,
    decided: t`Đã phân loại`,
    drafts: t`Đang soạn`,
  }
  const close = () => setDialog(null)
  const begin = (
    <Button
      look="primary"
      refusal={refusal('incident-report.make') ?? refusal('form.fill')}
      onClick={() => setDialog('begin')}
    >
      <FilePlus aria-hidden="true" className="size-4" />
      {t`Báo sự cố`}
    </Button>
  )
  return (
    <Page
      title={t`Tin báo sự cố`}
      peek={
        peek ? (
          <Peek label={t`Xem nhanh`} onClose={() => change({ peek: undefined })}>
            <ReportPeek id={peek} />
          </Peek>
        ) : null
      }
    >
      <PageHead
        title={t`Tin báo sự cố`}
        acts={
          <>
            <Button
              refusal={refusal('incident-report.make')}
              onClick={() => setDialog('telephone')}
            >
              <Phone aria-hidden="true" className="size-4" />
              {t`Ghi tin qua điện thoại`}
            </Button>
            {begin}
          </>
        }
      />
      <ViewTabs to="/incident-reports" views={names} view={view} q={q} />
      <div className={`py-3 ${gutter}`}>
        <FilterBar
          value={q}
          onChange={(next) => change({ q: next || undefined })}
          fields={reportFields}
          example="channel:telephone"
        />
      </div>
      <ReportList
        pages={pages}
        scope={filter ?? ''}
        peek={peek}
        onPeek={(id) => change({ peek: id ?? undefined })}
        empty={
          q ? (
            <NoMatch onClear={() => change({ q: undefined })} />
          ) : (
            <Empty title={t`Không có tin báo nào ở đây`} act={view === 'open' ? begin : null}>
              {t`Thông báo, báo cáo sự cố của các đơn vị và tin ghi qua điện thoại hiện ở đây để xác nhận và phân loại.`}
            </Empty>
          )
        }
      />
      {dialog === 'begin' ? <BeginReport onClose={close} /> : null}
      {dialog === 'telephone' ? <TelephoneDialog onClose={close} /> : null}
    </Page>
  )
}

/** Writes into the address what changed of the page's state. */
function useChange() {
  const navigate = route.useNavigate()
  type Search = ReturnType<typeof route.useSearch>
  return useCallback(
    (next: Search) =>
      void navigate({
        to: '/incident-reports',
        search: (old) => ({ ...old, ...next }),
        replace: true,
      }),
    [navigate],
  )
}
