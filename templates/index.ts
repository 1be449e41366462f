export { POLICIES } from './policies.ts';
export { SAMPLES } from './samples.ts';
