plugins {
    application
}

val rondo = "0.1.0-SNAPSHOT"
// Where the program runs: linux-x86_64, linux-x86_64-gpu, macosx-arm64, macosx-x86_64, windows-x86_64 or windows-x86_64-gpu.
val natives = "linux-x86_64"

repositories {
    mavenLocal()
    mavenCentral()
}

dependencies {
    implementation(platform("dev.rondo:rondo-bom:$rondo"))
    implementation("dev.rondo:rondo-runtime")
    runtimeOnly("dev.rondo:rondo-natives-$natives")
    // Prints what Rondo logs.
    runtimeOnly("org.slf4j:slf4j-simple:2.0.17")
    // Checks the callbacks and generates the tables that call them.
    annotationProcessor("dev.rondo:rondo-processor:$rondo")

    testImplementation("org.junit.jupiter:junit-jupiter:5.13.4")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.withType<JavaCompile> {
    options.release = 17
}

tasks.test {
    useJUnitPlatform()
    jvmArgs("--enable-native-access=ALL-UNNAMED")
}

application {
    mainClass = "com.example.Main"
    applicationDefaultJvmArgs = listOf("--enable-native-access=ALL-UNNAMED")
}
