import type {
  ChainBreak,
  ChainCheck,
  ChainReport,
  ChainState,
} from '@haidang/contracts/journal-check'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { noErrors } from '../../components/form.ts'
import { Identifier } from '../../components/identifier.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const key = ['journal-check']
const askEvery = 700

/** Recomputes the chain of hashes on the node, shows how far it is, and says whether it holds. */
export function VerifyButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const verify = useMutation({
    mutationFn: () => api.journal.verify({ body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  const check = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.journal.check({}, signal),
    enabled: open,
    refetchInterval: ({ state }) =>
      verify.isPending || state.data?.state === 'running' ? askEvery : false,
  })
  const chain = useQuery({
    queryKey: [...key, 'chain'],
    queryFn: ({ signal }) => api.journal.chain({}, signal),
    enabled: open,
  })
  const cancel = useMutation({
    mutationFn: () => api.journal.cancelCheck({}),
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  })
  const start = () => {
    verify.mutate()
    void queries.invalidateQueries({ queryKey: key })
  }
  const running = verify.isPending || check.data?.state === 'running'
  const shown = verify.isPending && check.data?.state !== 'running' ? undefined : check.data
  return (
    <>
      <Button refusal={refusal('audit.read')} busy={verify.isPending} onClick={() => setOpen(true)}>
        <ShieldCheck aria-hidden="true" className="size-4" />
        {t`Kiểm tra chuỗi băm`}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t`Kiểm tra chuỗi băm`}>
        <ErrorSummary errors={noErrors} error={verify.error} />
        <LastCheck chain={chain.data} />
        {shown || running ? <CheckState check={shown} /> : null}
        <Acts>
          {running ? (
            <Button
              busy={cancel.isPending}
              onClick={() => cancel.mutate()}
            >{t`Dừng kiểm tra`}</Button>
          ) : (
            <Button look="primary" onClick={start}>{t`Kiểm tra ngay`}</Button>
          )}
        </Acts>
      </Dialog>
    </>
  )
}

/** Where the chain ends, and when it was last found whole or broken, by whom. */
function LastCheck({ chain }: { chain: ChainState | undefined }) {
  const { t } = useLingui()
  const { number } = useWords()
  if (!chain) return null
  const { entries, verified } = chain
  return (
    <div className="pb-4">
      <Facts>
        <Fact name={t`Dòng cuối`}>{number(entries)}</Fact>
        <Fact name={t`Kiểm tra gần nhất`}>
          {verified ? (
            <Link
              to="/journal/$id"
              params={{ id: verified.entry_id }}
              className="text-accent hover:underline"
            >
              <Time at={verified.at} as="absolute" /> · {verified.by} ·{' '}
              {verified.report.intact
                ? t`nguyên vẹn`
                : t`đứt ở dòng ${number(verified.report.broken_at ?? 0)}`}
            </Link>
          ) : (
            t`chưa lần nào`
          )}
        </Fact>
      </Facts>
    </div>
  )
}

function CheckState({ check }: { check: ChainCheck | undefined }) {
  const { t } = useLingui()
  const { number } = useWords()
  if (check === undefined || check.state === 'running') {
    const { checked = 0, entries = 0 } = check ?? {}
    return (
      <div role="status" className="flex flex-col gap-2">
        <progress
          className="w-full"
          aria-label={t`Tiến độ kiểm tra`}
          value={checked}
          max={Math.max(entries, 1)}
        />
        <p className="text-12 text-ink-2">{t`Đã kiểm tra ${number(checked)} trên ${number(entries)} dòng`}</p>
      </div>
    )
  }
  if (check.state === 'cancelled') {
    return (
      <p role="status" className="text-13 text-ink-2">{t`Lượt kiểm tra đã dừng giữa chừng.`}</p>
    )
  }
  if (check.state === 'failed') {
    return <p className="text-critical">{t`Lượt kiểm tra không chạy hết: ${check.error}`}</p>
  }
  return check.report ? <Result report={check.report} /> : null
}

function Result({ report }: { report: ChainReport }) {
  const { t } = useLingui()
  const { number } = useWords()
  const broken = useBreakText(report.broken)
  return (
    <div role="status">
      {report.intact ? (
        <p className="font-semibold text-15 text-good">{t`✓ Nguyên vẹn: ${number(report.checked)} dòng nối nhau, không dòng nào bị sửa`}</p>
      ) : (
        <p className="font-semibold text-15 text-critical">{broken}</p>
      )}
      <p className="pt-3 text-12 text-ink-3">
        {report.intact
          ? t`Mã băm cuối, nên chép ra nơi khác để đối chiếu sau này:`
          : t`Mã băm của dòng cuối còn nguyên:`}
      </p>
      <Identifier value={report.head} short={false} />
      {report.broken?.entry_id ? (
        <>
          <p className="pt-3 text-12 text-ink-3">{t`Dòng đang đứng ở chỗ đứt:`}</p>
          <Identifier value={report.broken.entry_id} short={false} />
        </>
      ) : null}
    </div>
  )
}

function useBreakText(broken: ChainBreak | null): string {
  const { t } = useLingui()
  const { number } = useWords()
  if (broken === null) return ''
  const seq = number(broken.seq)
  const until = number(broken.until)
  const place = number(Number(broken.expected))
  const texts: Record<ChainBreak['fault'], () => string> = {
    altered: () => t`Dòng ${seq} đã bị sửa: nội dung không còn khớp mã băm đã ghi`,
    'hash-altered': () => t`Mã băm của dòng ${seq} đã bị sửa`,
    removed: () => t`Các dòng từ ${seq} đến ${until} đã bị xóa`,
    inserted: () => t`Dòng ${seq} bị chèn vào: dòng đúng của chỗ này đang ở số ${place}`,
    reordered: () => t`Dòng ${seq} bị đảo thứ tự: dòng đúng của chỗ này đang ở số ${place}`,
    cut: () => t`Phần cuối bị cắt: thiếu các dòng từ ${seq} đến ${until}`,
    rewritten: () =>
      t`Trong các dòng từ ${seq} đến ${until} có dòng bị sửa và chuỗi băm bị tính lại: khác với bản tóm tắt đã ký`,
    'digest-altered': () =>
      t`Bản tóm tắt đã ký của nút tại dòng ${seq}, hoặc bản ngay trước, đã bị sửa hoặc mất`,
  }
  return texts[broken.fault]()
}
