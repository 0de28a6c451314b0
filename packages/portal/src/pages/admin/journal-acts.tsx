import { digestFileName, type JournalDigest } from '@haidang/contracts/journal-digest'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download, Eye, FileSignature } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { Identifier } from '../../components/identifier.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useExport } from '../approvals/use-export.ts'
import { StationHistoriesButton } from './station-histories.tsx'
import { VerifyButton } from './verify-button.tsx'

const route = getRouteApi('/shell/admin')

/** What can be done with the journal as a whole. */
export function JournalActs() {
  return (
    <div className="flex flex-wrap gap-2">
      <LooksButton />
      <ExportMenu />
      <DigestsButton />
      <StationHistoriesButton />
      <VerifyButton />
    </div>
  )
}

/** Filters the list for who has looked at sensitive objects. */
function LooksButton() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const only = 'type:object.read'
  return (
    <Button
      aria-pressed={q.includes(only)}
      onClick={() =>
        void navigate({
          to: '/admin',
          search: q.includes(only)
            ? { tab: 'journal' }
            : { tab: 'journal', q: q ? `${only} (${q})` : only },
        })
      }
    >
      <Eye aria-hidden="true" className="size-4" />
      {t`Ai đã xem`}
    </Button>
  )
}

/** Hands out what the filter of the list finds, as the node streams it. */
function ExportMenu() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const exporting = useExport('journal.export')
  const save = (format: 'csv' | 'jsonl') =>
    exporting.run({ format, ...(q ? { filter: q } : {}) }, `journal.${format}`)
  return (
    <>
      <Menu
        trigger={
          <button type="button" className={buttonStyle()}>
            <Download aria-hidden="true" className="size-4" />
            {t`Xuất ra tệp`}
          </button>
        }
      >
        <MenuItem onSelect={() => save('csv')}>{t`CSV, cho bảng tính`}</MenuItem>
        <MenuItem onSelect={() => save('jsonl')}>{t`JSON, mỗi dòng một mục`}</MenuItem>
      </Menu>
      {exporting.question}
    </>
  )
}

/** The digests the node signed, newest first, each to be kept elsewhere. */
function DigestsButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  const digests = useQuery({
    queryKey: ['journal-digests'],
    queryFn: ({ signal }) => api.journal.digests({ query: { limit: 100 } }, signal),
    enabled: open,
  })
  const items = digests.data?.items
  return (
    <>
      <Button refusal={refusal('audit.read')} onClick={() => setOpen(true)}>
        <FileSignature aria-hidden="true" className="size-4" />
        {t`Bản tóm tắt đã ký`}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t`Bản tóm tắt đã ký`}
        about={t`Mỗi ngày nút ký một bản. Hãy lưu bản sao ở nơi người quản trị cơ sở dữ liệu không sửa được: bản sao đó cho thấy nhật ký có bị cắt hoặc viết lại hay không.`}
        wide
      >
        <ErrorSummary errors={noErrors} error={digests.error} />
        {items?.length === 0 ? (
          <Empty title={t`Chưa có bản nào: bản đầu tiên được ký trong vài phút sau khi nút chạy`} />
        ) : null}
        <ul className="flex flex-col divide-y divide-line">
          {items?.map((digest) => (
            <DigestLine key={digest.day} digest={digest} />
          ))}
        </ul>
      </Dialog>
    </>
  )
}

function DigestLine({ digest }: { digest: JournalDigest }) {
  const { t } = useLingui()
  const { number } = useWords()
  const { day, entries, head, time } = digest
  const save = () =>
    saveFile(digestFileName(day), 'application/json', `${JSON.stringify(digest, null, 2)}\n`)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <span className="font-mono text-13">{day}</span>
      <span className="text-12 text-ink-2">{t`${number(entries)} dòng`}</span>
      <Identifier value={head} />
      <span className="text-12 text-ink-3">
        <Time at={time} as="absolute" />
      </span>
      <Button
        size="small"
        className="ml-auto"
        onClick={save}
        aria-label={t`Tải bản tóm tắt ngày ${day}`}
      >
        <Download aria-hidden="true" className="size-4" />
        {t`Tải về`}
      </Button>
    </li>
  )
}
