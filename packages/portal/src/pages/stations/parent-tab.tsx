import type { ParentLink } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { gutter, Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { OwnSettings } from '../configuration/own-settings.tsx'
import { JoinByFile } from './join-by-file.tsx'
import { ParentLanes } from './parent-lanes.tsx'
import { parentTones } from './station-tones.ts'

/** Where nothing stands, or what stood needs a new code. */
const canJoin: ReadonlySet<ParentLink['state']> = new Set([
  ...(['none', 'rejected', 'revoked', 'rekey', 'cut'] as const),
])

/** The tie of this node to the one above it. */
export function ParentTab() {
  const query = useQuery({
    queryKey: ['parent'],
    queryFn: ({ signal }) => api.stations.parent({}, signal),
    refetchInterval: (current) => (current.state.data?.state === 'pending' ? 5000 : 30_000),
  })
  return (
    <div className={cn('max-w-2xl py-5', gutter)}>
      <Asked query={query}>
        {(parent) => (
          <div className="flex flex-col gap-8">
            <ParentFacts parent={parent} />
            <ParentLanes lanes={parent.lanes} />
            <OwnSettings />
            {canJoin.has(parent.state) ? (
              <>
                <JoinForm />
                <JoinByFile />
              </>
            ) : null}
          </div>
        )}
      </Asked>
    </div>
  )
}

function ParentFacts({ parent }: { parent: ParentLink }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  return (
    <Section title={t`Kết nối với cấp trên`}>
      <Facts>
        <Fact name={t`Trạng thái`}>
          <Pill tone={parentTones[parent.state]}>{label('parentState', parent.state)}</Pill>
        </Fact>
        {parent.parent_name ? <Fact name={t`Cấp trên`}>{parent.parent_name}</Fact> : null}
        {parent.parent_url ? (
          <Fact name={t`Địa chỉ`}>
            <code className="text-12">{parent.parent_url}</code>
          </Fact>
        ) : null}
        {parent.since ? (
          <Fact name={t`Từ lúc`}>
            <Time at={parent.since} as="absolute" />
          </Fact>
        ) : null}
        {parent.certificate_expires_at ? (
          <Fact name={t`Chứng thư tới`}>
            <Time at={parent.certificate_expires_at} as="absolute" />
          </Fact>
        ) : null}
        <Fact name={t`Chờ gửi`}>{t`${number(parent.waiting)} bản ghi`}</Fact>
        {parent.problem ? (
          <Fact name={t`Vấn đề`}>
            <span className="text-critical">{parent.problem}</span>
          </Fact>
        ) : null}
      </Facts>
    </Section>
  )
}

function JoinForm() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const join = useMutation({
    mutationFn: (form: FormData) =>
      api.stations.join({
        body: {
          code: text(form, 'code').trim(),
          location: text(form, 'location'),
          contact: text(form, 'contact'),
        },
      }),
    onSuccess: (parent) => client.setQueryData(['parent'], parent),
  })
  return (
    <Section title={t`Nối vào cấp trên`}>
      <form onSubmit={submitted((form) => join.mutate(form))} className="flex flex-col gap-4 pt-3">
        <ErrorSummary errors={noErrors} error={join.error} />
        <Field label={t`Mã kết nối`} help={t`Cấp trên tạo mã và gửi cho đơn vị; mã dùng một lần`}>
          <Textarea
            name="code"
            required
            minLength={16}
            maxLength={4096}
            rows={3}
            className="font-mono text-12"
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t`Nơi đặt`} optional={t`không bắt buộc`}>
            <Input name="location" maxLength={300} />
          </Field>
          <Field label={t`Liên hệ trực`} optional={t`không bắt buộc`}>
            <Input name="contact" maxLength={300} placeholder={t`Tên, điện thoại`} />
          </Field>
        </div>
        <Button
          look="primary"
          type="submit"
          className="self-start"
          busy={join.isPending}
          refusal={refusal('station.manage')}
        >
          {t`Xin kết nối`}
        </Button>
      </form>
    </Section>
  )
}
