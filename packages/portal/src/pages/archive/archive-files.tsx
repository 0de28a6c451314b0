import type { ArchiveFile, ArchiveState } from '@haidang/contracts/archive'
import { millisecondsOf } from '@haidang/contracts/instant'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill, TlpLabel, type Tone } from '../../components/pill.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const tones: Record<ArchiveState, Tone> = {
  hot: 'neutral',
  leaving: 'medium',
  archived: 'accent',
  restored: 'good',
}

/** The files of the archive, newest hour first. */
export function ArchiveFiles() {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['archive', 'files'],
    read: (cursor, signal) => api.archive.files({ query: { limit: 50, cursor } }, signal),
  })
  return (
    <Section title={t`Các giờ đã lưu trữ`} acts={<Verify files={items} />}>
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? (
        <Empty title={t`Chưa có giờ nào`}>
          {t`Mỗi giờ được lưu trữ năm phút sau khi kết thúc.`}
        </Empty>
      ) : null}
      {items.length > 0 ? <FileTable files={items} /> : null}
      {query.hasNextPage ? (
        <div className="py-2">
          <Button size="small" onClick={() => void query.fetchNextPage()}>{t`Xem thêm`}</Button>
        </div>
      ) : null}
    </Section>
  )
}

function FileTable({ files }: { files: readonly ArchiveFile[] }) {
  const { t } = useLingui()
  const { number, bytes, label } = useWords()
  const heads = [t`Giờ nhận`, t`Trạng thái`, 'TLP', t`Sự kiện`, t`Dung lượng`, t`Kiểm tra`]
  return (
    <Scrolled label={t`Các giờ đã lưu trữ`}>
      <table className="w-full text-left text-13">
        <thead>
          <tr className="text-12 text-ink-3">
            {heads.map((head) => (
              <th key={head} scope="col" className="whitespace-nowrap py-1 pr-4 font-normal">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {files.map((file) => (
            <tr key={file.sha256} title={file.sha256}>
              <td className="whitespace-nowrap py-1.5 pr-4">
                <Time at={file.hour} as="absolute" />
              </td>
              <td className="py-1.5 pr-4">
                <Pill tone={tones[file.state]}>{label('archiveState', file.state)}</Pill>
              </td>
              <td className="py-1.5 pr-4">
                <TlpLabel tlp={file.tlp} />
              </td>
              <td className="py-1.5 pr-4">{number(file.rows)}</td>
              <td className="whitespace-nowrap py-1.5 pr-4">{bytes(file.bytes)}</td>
              <td className="py-1.5">
                {file.fault ? (
                  <span className="text-critical">{file.fault}</span>
                ) : (
                  <Time at={file.verified_at} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  )
}

const hour = 3_600_000

/** Reads the files shown back. */
function Verify({ files }: { files: readonly ArchiveFile[] }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const hours = files.map((file) => millisecondsOf(file.hour))
  const verify = useMutation({
    mutationFn: () =>
      api.archive.verify({
        body: { from: instantOf(Math.min(...hours)), to: instantOf(Math.max(...hours) + hour) },
      }),
    onSuccess: ({ verified, faulty }) => {
      say(t`Đã đọc lại ${verified} tệp, ${faulty} tệp hỏng`)
      void client.invalidateQueries({ queryKey: ['archive'] })
    },
  })
  const busy = verify.isPending ? t`Đang kiểm tra` : undefined
  return (
    <>
      {verify.error ? <Failure error={verify.error} /> : null}
      <Button
        size="small"
        refusal={
          refusal('station.manage') ?? busy ?? (files.length === 0 ? t`Chưa có giờ nào` : undefined)
        }
        onClick={() => verify.mutate()}
      >{t`Kiểm tra các giờ này`}</Button>
    </>
  )
}
