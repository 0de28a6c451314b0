import type { Logsource } from '@haidang/contracts/event'
import type { Condition } from '../sigma/condition.ts'
import type { Detection, DetectionItem } from '../sigma/detection.ts'
import {
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from '../sigma/located-yaml.ts'

/** Decides whether a step concerns a rule, an item of it, or a field name. */
export type Test<S> = (subject: S, run: RuleRun) => boolean

/** What a step concerns within a rule that its rule conditions accept. */
export interface Scope {
  readonly id: string | undefined
  readonly place: Place
  /** Item and field name conditions together. */
  readonly item: Test<DetectionItem>
  readonly field: Test<string>
}

/** What an item becomes: itself where nothing changes, undefined where it is dropped. */
export type ItemChange = (item: DetectionItem, run: RuleRun, scope: Scope) => Detection | undefined

/** A rule as read, before pipelines. */
export interface RuleDraft {
  readonly kind: 'rule' | 'correlation'
  readonly document: LocatedMap
  /** Its own log source; for a correlation those of the rules it refers to. */
  readonly logsources: readonly Logsource[]
  readonly tags: readonly string[]
  readonly detections: ReadonlyMap<string, Detection>
  /** Of which one must hold. */
  readonly conditions: readonly Condition[]
}

const mostParts = 100_000

/** One rule on its way through all pipelines, and what they remember of it. */
export class RuleRun {
  readonly draft: RuleDraft
  readonly vars: ReadonlyMap<string, readonly string[]>
  logsources: readonly Logsource[]
  fields: readonly string[]
  readonly detections: Map<string, Detection>
  conditions: readonly Condition[]
  readonly attributes = new Map<string, LocatedScalar>()
  readonly state = new Map<string, LocatedScalar>()
  readonly applied = new Set<string>()
  /** Every field name that was mapped, and what it was mapped to. */
  readonly mapped = new Set<string>()
  readonly notes = new Set<string>()
  readonly #itemSteps = new WeakMap<DetectionItem, ReadonlySet<string>>()
  readonly #fieldSteps = new Map<string, ReadonlySet<string>>()
  /** What a field that is asked for from outside is called after the steps so far. */
  names: readonly string[]
  #parts = 0

  constructor(draft: RuleDraft, vars: ReadonlyMap<string, readonly string[]>, field?: string) {
    this.draft = draft
    this.names = field === undefined ? [] : [field]
    this.vars = vars
    this.logsources = draft.logsources
    this.fields = fieldsOf(draft.document)
    this.detections = new Map(draft.detections)
    this.conditions = draft.conditions
  }

  /** Replaces every item the step concerns by what the change makes of it. */
  changeItems(scope: Scope, change: ItemChange): void {
    for (const [name, detection] of this.detections) {
      const changed = this.#changed(detection, scope, change)
      if (changed === undefined) this.#drop(name)
      else this.detections.set(name, changed)
    }
  }

  /** Whether the step with this id changed the item. */
  wasChangedBy(item: DetectionItem, id: string): boolean {
    return this.#itemSteps.get(item)?.has(id) ?? false
  }

  /** Whether the step with this id gave the field its name. */
  wasNamedBy(field: string, id: string): boolean {
    return this.#fieldSteps.get(field)?.has(id) ?? false
  }

  /** Renames the fields that stand outside of detections. */
  rename(scope: Scope, names: (field: string) => readonly string[]): void {
    const renamed = (field: string) => {
      const given = names(field)
      this.named(scope, field, given)
      return given
    }
    this.fields = this.fields.flatMap(renamed)
    this.names = this.names.flatMap(renamed)
    this.spend(this.fields.length + this.names.length)
  }

  /** Remembers which step gave a field its names. */
  named({ id }: Scope, field: string, names: readonly string[]): void {
    if (names.length === 1 && names[0] === field) return
    const steps = new Set(this.#fieldSteps.get(field))
    if (id !== undefined) steps.add(id)
    for (const name of [field, ...names]) this.mapped.add(name)
    for (const name of names) this.#fieldSteps.set(name, steps)
  }

  /** Bounds what a rule may grow to. */
  spend(parts: number): void {
    this.#parts += parts
    if (this.#parts <= mostParts) return
    throw new RuleProblem(
      `pipelines make more than ${mostParts} parts of it`,
      this.draft.document.place,
    )
  }

  #changed(detection: Detection, scope: Scope, change: ItemChange): Detection | undefined {
    if (detection.kind !== 'item') {
      const parts = detection.parts.flatMap((part) => this.#changed(part, scope, change) ?? [])
      return parts.length === 0 ? undefined : { ...detection, parts }
    }
    if (!scope.item(detection, this)) return detection
    const changed = change(detection, this, scope)
    if (changed !== undefined && changed !== detection) this.#mark(changed, detection, scope)
    return changed
  }

  #mark(detection: Detection, origin: DetectionItem, scope: Scope): void {
    this.spend(detection.kind === 'item' ? detection.values.length : detection.parts.length)
    if (detection.kind !== 'item') {
      for (const part of detection.parts) this.#mark(part, origin, scope)
      return
    }
    const steps = new Set(this.#itemSteps.get(origin))
    if (scope.id !== undefined) steps.add(scope.id)
    this.#itemSteps.set(detection, steps)
  }

  #drop(name: string): void {
    this.detections.delete(name)
    this.conditions = this.conditions.flatMap((condition) => without(condition, name) ?? [])
    if (this.conditions.length > 0) return
    throw new RuleProblem('pipelines leave nothing of its condition', this.draft.document.place)
  }
}

/** The condition as if the search identifier did not stand in it. */
function without(condition: Condition, name: string): Condition | undefined {
  if (condition.kind === 'selection') return condition.name === name ? undefined : condition
  if (condition.kind === 'not') {
    const part = without(condition.part, name)
    return part === undefined ? undefined : { kind: 'not', part }
  }
  const parts = condition.parts.flatMap((part) => without(part, name) ?? [])
  return parts.length === 0 ? undefined : { kind: condition.kind, parts }
}

function fieldsOf(document: LocatedMap): string[] {
  const value = document.entries.get('fields')?.value
  if (value?.kind !== 'list') return []
  return value.items.flatMap((item) => (item.kind === 'scalar' ? item.text : []))
}
