package io.talos.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that the rules look at, read once. */
final class Code {
  private static final JavaClasses TALOS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/io/talos/architecture/"))
          .importPackages("io.talos");

  private static final JavaClasses BAD = new ClassFileImporter().importPackages("bad.talos");

  private Code() {}

  /** Everything that ships. */
  static JavaClasses talos() {
    return TALOS;
  }

  /** The bad examples. */
  static JavaClasses bad() {
    return BAD;
  }
}
