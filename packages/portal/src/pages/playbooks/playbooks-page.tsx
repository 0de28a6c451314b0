import type { PlaybookSummary } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { CopyDialog } from './copy-dialog.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { PlaybookLine, usePlaybookColumns } from './playbook-columns.tsx'

const route = getRouteApi('/shell/playbooks')
const idOf = (playbook: PlaybookSummary) => playbook.id
const fields = ['state', 'type', 'organisation_id', 'for_subordinates', 'review_overdue', 'tlp']
const filters = {
  in_force: '(state:in_force or state:upcoming)',
  drafts: 'has_draft:true',
  overdue: 'review_overdue:true',
  retired: 'state:retired',
} as const

/** Response plans of one’s organisation, and those its superiors publish for it. */
export function PlaybooksPage() {
  const { t } = useLingui()
  const refusal = useRefusal()('playbook.manage')
  const { view = 'in_force', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [asked, setAsked] = useState<'copy' | 'import' | null>(null)
  const close = () => setAsked(null)
  const names = {
    in_force: t`Có hiệu lực`,
    drafts: t`Đang soạn`,
    overdue: t`Quá hạn rà soát`,
    retired: t`Đã bãi bỏ`,
  }
  const filter = both(filters[view], q)
  const pages = usePages({
    queryKey: ['playbooks', 'list', filter],
    read: (cursor, signal) => api.playbooks.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  return (
    <Page title={t`Phương án ứng cứu`}>
      <PageHead
        title={t`Phương án ứng cứu`}
        about={t`Việc phải làm khi có sự cố, soạn sẵn theo loại; ban hành từng bản, rà soát định kỳ.`}
        acts={
          <>
            <Button refusal={refusal} onClick={() => setAsked('import')}>{t`Nhập YAML…`}</Button>
            <Button refusal={refusal} onClick={() => setAsked('copy')}>{t`Từ mẫu có sẵn…`}</Button>
            <Button
              look="primary"
              refusal={refusal}
              onClick={() => void navigate({ to: '/playbooks/new' })}
            >{t`Soạn phương án`}</Button>
          </>
        }
      />
      <ViewTabs to="/playbooks" views={names} view={view} q={q} />
      <FilteredList
        q={q}
        fields={fields}
        example="type:MALWARE and for_subordinates:true"
        onFilter={(next) =>
          void navigate({
            to: '/playbooks',
            search: (old) => ({ ...old, q: next || undefined }),
            replace: true,
          })
        }
        pages={pages}
        name="playbooks"
        label={t`Phương án ứng cứu`}
        idOf={idOf}
        columns={usePlaybookColumns()}
        compact={(playbook) => <PlaybookLine playbook={playbook} />}
        onOpen={({ id }) => void navigate({ to: '/playbooks/$id', params: { id } })}
        empty={
          <Empty title={t`Không có phương án nào ở đây`}>
            {t`Soạn mới, hoặc bắt đầu từ mẫu quốc gia rồi sửa cho hợp với đơn vị.`}
          </Empty>
        }
      />
      {asked === 'copy' ? <CopyDialog onClose={close} /> : null}
      {asked === 'import' ? <ImportDialog onClose={close} /> : null}
    </Page>
  )
}
