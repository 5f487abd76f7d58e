import type { Failure } from './types';

/** Whatever was thrown, as a `Failure`: what is not one already becomes `internal`, with no detail of its own. */
export function failureOf(thrown: unknown): Failure {
  if (isFailure(thrown)) return thrown;
  return {
    code: 'internal',
    message: 'Something went wrong inside the program.',
    hint: thrown instanceof Error ? thrown.message : null,
  };
}

function isFailure(thrown: unknown): thrown is Failure {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && 'message' in thrown;
}
