/** What has been packaged, as others use it: projects outside of this build, and the processor's jar. */
package dev.rondo.processor.tests.projects;
