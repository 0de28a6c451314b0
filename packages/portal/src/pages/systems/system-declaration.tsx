import type { InformationSystem } from '@haidang/contracts/system'
import {
  type Declaration,
  type DeclarationKindName,
  declarationKindNames,
  declarationKinds,
} from '@haidang/contracts/system-declaration'
import { useLingui } from '@lingui/react/macro'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { useSystemChange } from './use-system-change.ts'

function fieldsOf(kind: DeclarationKindName) {
  return Object.entries(declarationKinds[kind].fields)
}

/** Kinds that are told as text; the others have parts of their own. */
const told = declarationKindNames.filter((kind) => fieldsOf(kind).length > 0)

/** What the form says; what is empty is not told. */
function declarationIn(form: FormData): Declaration {
  return Object.fromEntries(
    told.map((kind) => [
      kind,
      Object.fromEntries(
        fieldsOf(kind)
          .map(([name]) => [name, text(form, `${kind}.${name}`).trim()])
          .filter(([, value]) => value !== ''),
      ),
    ]),
  ) as Declaration
}

/** The technical information of 1017 II.3.c, field by field. */
export function SystemDeclaration({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const { language } = useWords()
  const refusal = useRefusal()
  const { save, wrong } = useSystemChange(system)
  return (
    <form
      key={system.version}
      onSubmit={submitted((form) => save.mutate({ declaration: declarationIn(form) }))}
      className="flex max-w-4xl flex-col gap-6"
    >
      <ErrorSummary errors={wrong} error={save.error} />
      {told.map((kind) => {
        const values: Readonly<Record<string, string | undefined>> = system.declaration[kind] ?? {}
        return (
          <Section
            key={kind}
            title={declarationKinds[kind].label[language]}
            acts={<span className="text-12 text-ink-3">{declarationKinds[kind].clause}</span>}
          >
            <div className="grid gap-4 py-2 sm:grid-cols-2">
              {fieldsOf(kind).map(([name, label]) => (
                <Field key={name} label={label[language]}>
                  <Input name={`${kind}.${name}`} defaultValue={values[name]} maxLength={2_000} />
                </Field>
              ))}
            </div>
          </Section>
        )
      })}
      <Acts>
        <Button
          look="primary"
          type="submit"
          busy={save.isPending}
          refusal={refusal('system.manage')}
        >
          {t`Lưu khai báo`}
        </Button>
      </Acts>
    </form>
  )
}
