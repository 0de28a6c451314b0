import { sha256 } from '../sha256.ts'
import {
  type Located,
  type LocatedList,
  type LocatedMap,
  RuleProblem,
} from '../sigma/located-yaml.ts'
import { readYaml } from '../sigma/rule-yaml.ts'
import { fieldNameTests, testOfItem } from './field-name-tests.ts'
import { itemTests } from './item-tests.ts'
import { readLinked } from './linking.ts'
import { mappingOf, Params } from './params.ts'
import type { Pipeline, Step, Transformation } from './pipeline.ts'
import { ruleTests } from './rule-tests.ts'
import { runSteps } from './run-steps.ts'
import { readTransformation } from './transformations.ts'

const mostSteps = 2_000
const deepest = 8
const start = { line: 1, column: 1 }

/**
 * Reads a processing pipeline as pySigma writes them in YAML. What follows a query (`postprocessing`,
 * `finalizers`) is left out with a note. Throws RuleProblem with the place of whatever is unknown or
 * wrong: a pipeline is used whole or not at all.
 */
export function readPipeline(path: string, text: string): Pipeline {
  const [document, ...more] = readYaml(text)
  if (document === undefined) throw new RuleProblem('the file is empty', start)
  if (document instanceof RuleProblem) throw document
  const [second] = more
  if (second !== undefined) {
    throw new RuleProblem('a file holds one pipeline', 'place' in second ? second.place : start)
  }
  const params = new Params(mapOf(document))
  const pipeline: Pipeline = {
    path,
    version: sha256(text),
    name: params.optionalText('name') ?? path,
    priority: priorityOf(params),
    vars: params.find('vars') === undefined ? new Map() : mappingOf(params.map('vars')),
    steps: new StepReader().read(params.list('transformations'), 0),
    notes: ['postprocessing', 'finalizers'].flatMap((name) =>
      params.find(name) === undefined ? [] : `${name} concerns queries and is left out`,
    ),
  }
  params.find('allowed_backends')
  params.close()
  return pipeline
}

function mapOf(value: Located): LocatedMap {
  if (value.kind === 'map') return value
  throw new RuleProblem('a pipeline must hold named parts', value.place)
}

function priorityOf(params: Params): number {
  if (params.find('priority') === undefined) return 0
  const { value, place } = params.scalar('priority')
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new RuleProblem('priority is a number', place)
}

class StepReader {
  #steps = 0

  read(list: LocatedList | undefined, depth: number): Step[] {
    return (list?.items ?? []).map((item) => this.#step(item, depth))
  }

  #step(item: Located, depth: number): Step {
    if (item.kind !== 'map') throw new RuleProblem('a transformation has a type', item.place)
    this.#steps += 1
    if (this.#steps > mostSteps) {
      throw new RuleProblem(`more than ${mostSteps} transformations`, item.place)
    }
    const params = new Params(item)
    const ofItem = readLinked(params, 'detection_item', itemTests)
    const ofField = readLinked(params, 'field_name', fieldNameTests)
    const ofItemField = params.has('field_name_conditions') ? testOfItem(ofField) : () => true
    const step: Step = {
      scope: {
        id: params.optionalText('id'),
        place: item.place,
        item: (each, run) => ofItem(each, run) && ofItemField(each, run),
        field: ofField,
      },
      rule: readLinked(params, 'rule', ruleTests),
      transformation: this.#transformation(params, depth),
    }
    params.close()
    return step
  }

  #transformation(params: Params, depth: number): Transformation {
    const type = params.text('type')
    if (type !== 'nest') return readTransformation(type, params)
    if (depth >= deepest) throw new RuleProblem(`nested deeper than ${deepest}`, params.place)
    const items = params.list('items')
    if (items === undefined) throw new RuleProblem('items is missing', params.place)
    const steps = this.read(items, depth + 1)
    return (run) => runSteps(steps, run)
  }
}
