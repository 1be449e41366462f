import { mirrorScenarios } from './mirror-scenarios.ts';

mirrorScenarios(1, 2);
