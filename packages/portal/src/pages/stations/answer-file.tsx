import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { saveFile } from '../../components/save-file.ts'

/** The answer file of a station that asked by file, and the fingerprint to read out. */
export function AnswerFileButton({ station }: { station: Station }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const answer = useMutation({
    mutationFn: () => api.joinFiles.answer({ params: { id: station.id } }),
    onSuccess: ({ file }) =>
      saveFile('haidang-join-answer.json', 'application/json', JSON.stringify(file, null, 2)),
  })
  return (
    <>
      <Button
        refusal={refusal('station.manage')}
        busy={answer.isPending}
        onClick={() => answer.mutate()}
      >
        {t`Tải tệp trả lời`}
      </Button>
      {answer.isSuccess || answer.isError ? (
        <Dialog open onClose={answer.reset} title={t`Tệp trả lời cho ${station.name}`}>
          <ErrorSummary errors={noErrors} error={answer.error} />
          {answer.data ? (
            <p className="text-13">
              {t`Đã tải. Đọc dấu vân tay cơ quan chứng thư này cho trạm qua điện thoại:`}{' '}
              <code className="break-all text-12">{answer.data.authority}</code>
            </p>
          ) : null}
          <Acts>
            <Button look="quiet" onClick={answer.reset}>{t`Đóng`}</Button>
          </Acts>
        </Dialog>
      ) : null}
    </>
  )
}
